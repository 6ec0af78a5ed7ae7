//! The archive: SQLite of record, the index derived from it, and the one door to both.
