"""What is shown: tables, curves and plots, made of cells; it knows no report."""
