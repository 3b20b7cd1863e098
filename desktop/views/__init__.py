"""What is seen; views know no presenter and no engine call, the window joins both."""
