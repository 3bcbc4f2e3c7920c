"""The server: one process that runs Streamlit's app behind an access check, with warm caches."""
