package zircon.rules;

/// A test and all that it says.
///
/// @param name class and method, or the program and the line of a comment with its checks
/// @param text with annotations and comments
record TestText(String name, String text) {}
