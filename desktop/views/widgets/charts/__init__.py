"""Charts painted with QPainter: each takes plain values, tells its content to screen readers, and emits what was clicked."""
