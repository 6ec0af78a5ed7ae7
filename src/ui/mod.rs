//! The terminal: events in, pictures out, and the threads that do the slow work.
