// What is there to be run when nothing is done.
int main(void) {
    return 0;
}
