"""Which number is it, what is special about it, where may it ring, and what time is it there?"""
