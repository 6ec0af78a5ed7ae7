//! The program `qala`: hands its arguments to [`qala::cli`] and leaves with the code that comes back.

use std::{
    io::{BufWriter, stderr, stdout},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout());
    ExitCode::from(qala::cli::run(std::env::args_os(), &mut out, &mut stderr()))
}
