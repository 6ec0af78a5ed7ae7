//! Reading an article: what it says of itself, whom and what it names, and who says what.
