//! The command line: one file per subcommand, each writing to what it is given.
