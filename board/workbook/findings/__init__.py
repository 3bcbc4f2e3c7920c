"""What is wrong in a file: the words of every rule, and findings gathered while reading."""
