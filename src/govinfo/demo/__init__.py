"""Made-up reports with known truth: printed from the form's definition, in the layouts that real ones have."""
