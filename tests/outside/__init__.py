"""The product seen from outside: workbooks in, answers of the command line out."""
