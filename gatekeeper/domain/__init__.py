"""The words of the field as frozen values; this folder imports nothing of ours but errors."""
