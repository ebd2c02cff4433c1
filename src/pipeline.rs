//! One source, from poll to files.
