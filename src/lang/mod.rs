//! Languages: their lexicons, the rules only code can state, and telling them apart.
