//! The writer's lease: one writer at a time for each archive, held as a file lock that dies with its holder.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result, bail};

/// The right to write to an archive, given back when dropped, however its holder ends.
#[derive(Debug)]
pub(super) struct Lease {
    file: File,
}

impl Lease {
    /// Takes the lease of the archive in `folder`.
    ///
    /// # Errors
    /// When somebody else holds it, or the lock file cannot be made.
    pub(super) fn take(folder: &Path) -> Result<Lease> {
        let path = folder.join("writer.lock");
        let file = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(&path);
        let mut file = file.with_context(|| format!("cannot write to {}", folder.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = std::fs::read_to_string(&path).unwrap_or_default();
                let holder = holder.trim().parse().map_or(String::new(), |process: u32| format!(" (process {process})"));
                bail!(
                    "another qala{holder} is importing into {}; reading works meanwhile, writing when it is done",
                    folder.display()
                );
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        // The number is a courtesy for the message above; the lock alone decides.
        let _ = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(Lease { file })
    }
}

impl Lease {
    /// Whether somebody writes to the archive in `folder` now.
    pub(super) fn is_held(folder: &Path) -> bool {
        let file = File::open(folder.join("writer.lock"));
        // A shared lock does not keep a writer out for longer than this takes.
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // A program that is just being started (an editor, a pager) holds all that this process holds for a moment; closing the file
        // alone would leave the lock with it.
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let lease = Lease::take(folder.path()).unwrap();
        let refused = Lease::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("another qala (process") && refused.contains("is importing into"), "{refused}");
        assert!(Lease::is_held(folder.path()));
        drop(lease);
        assert!(!Lease::is_held(folder.path()));
        assert!(Lease::take(folder.path()).is_ok());
    }

    #[test]
    fn what_is_given_back_is_free_though_somebody_else_still_has_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let lease = Lease::take(folder.path()).unwrap();
        let _kept = lease.file.try_clone().unwrap();
        drop(lease);
        assert!(!Lease::is_held(folder.path()));
    }
}
