"""Where views and presenters meet: signals of one are connected to slots of the other, and nothing else happens here."""
