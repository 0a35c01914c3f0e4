"""Reports: drafted from the figures, written on, proof-read, issued, published; and reports of others read."""
