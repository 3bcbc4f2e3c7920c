"""The server: Streamlit's app behind one gate, in one process, warm before its first reader."""
