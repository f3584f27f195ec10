"""What benchmarks/pileons.py is made of: backgrounds, pile-ons put into them, rivals, counts."""
