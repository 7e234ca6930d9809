"""Who reports, on which year, published when: what a report says of it, and how contradictions are weighed."""
