"""The web application of a reporting office: it imports the core, and the core never knows it."""
