/// A program that uses Zircon for Java as a module.
module consumer {
    requires zircon;
}
