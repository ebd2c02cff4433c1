//! Bringing a store up to date: an append-only list of migrations, the position in which is the schema's number.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::Error;

/// Never edited, only added to: released stores are at any of these.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
];

pub(super) fn to_latest(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let fail = |source| Error::open(path, source);
    let found = version(connection).map_err(fail)?;
    if found > MIGRATIONS.len() {
        return Err(Error::Newer { path: path.into(), found, known: MIGRATIONS.len() });
    }
    if found == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    // Another process may have migrated while this one waited.
    let found = version(&transaction).map_err(fail)?;
    for migration in MIGRATIONS.iter().skip(found) {
        transaction.execute_batch(migration).map_err(fail)?;
    }
    transaction.pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)).map_err(fail)?;
    transaction.commit().map_err(fail)
}

pub(super) fn version(connection: &Connection) -> rusqlite::Result<usize> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}
