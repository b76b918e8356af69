"""What is put into another program's process to watch it: it imports nothing of ours."""
