"""What is secret here, and how is it kept? The only room that imports `cryptography`."""
