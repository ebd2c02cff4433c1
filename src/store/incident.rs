//! When sources failed, and since when they are well again: what the operations feed tells.

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use crate::model::SourceId;

use super::{Error, SourceRecord, Store};

/// One failed poll is the web's weather; from the second in a row on it is told.
const TOLD_AFTER: u32 = 2;

/// A time in which a source failed at every poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its number; later ones have higher ones.
    pub number: i64,
    /// The source.
    pub source: String,
    /// When it was noticed.
    pub began: Timestamp,
    /// When the source was well again.
    pub ended: Option<Timestamp>,
    /// The stable code of the failure.
    pub code: String,
    /// What was told.
    pub message: String,
}

impl Store {
    /// The latest incidents, newest first.
    pub fn incidents(&self, limit: usize) -> Result<Vec<Incident>, Error> {
        let fail = |error| self.fail("read the incidents", error);
        let query = "SELECT number, source, began, ended, code, message FROM incident ORDER BY number DESC LIMIT ?1";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], incident).map_err(fail)?;
        rows.collect::<Result<_, _>>().map_err(fail)
    }
}

/// Opens an incident when a source goes on failing, and closes it when the source is well.
pub(super) fn follow(transaction: &Transaction<'_>, source: &SourceId, record: &SourceRecord) -> rusqlite::Result<()> {
    match &record.failure {
        Some((code, message)) if record.failures >= TOLD_AFTER => {
            let began = record.polls.last().map_or(0, |poll| poll.at.as_millisecond());
            super::change(
                transaction,
                "INSERT INTO incident (source, began, code, message) SELECT ?1, ?2, ?3, ?4
                 WHERE NOT EXISTS (SELECT 1 FROM incident WHERE source = ?1 AND ended IS NULL)",
                params![source.as_str(), began, code, message],
            )?;
        }
        Some(_) => {}
        None => {
            let now = record.last_success.map_or(0, Timestamp::as_millisecond);
            super::change(
                transaction,
                "UPDATE incident SET ended = ?2 WHERE source = ?1 AND ended IS NULL",
                params![source.as_str(), now],
            )?;
        }
    }
    Ok(())
}

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    let instant = |milliseconds: i64| Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    Ok(Incident {
        number: row.get(0)?,
        source: row.get(1)?,
        began: instant(row.get(2)?),
        ended: row.get::<_, Option<i64>>(3)?.map(instant),
        code: row.get(4)?,
        message: row.get(5)?,
    })
}
