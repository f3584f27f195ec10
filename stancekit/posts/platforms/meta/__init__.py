"""Facebook, Instagram and Threads, and CrowdTangle."""
