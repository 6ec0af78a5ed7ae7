//! The program without a terminal: its state, its commands, and the one function that changes state.
