"""The only network code of the program: fetching a model file when the seller asks for one."""
