//! From bytes to drafts: formats, encodings and folders.
