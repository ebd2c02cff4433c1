//! Values that the configuration spells in words: durations, zones, secrets.

use std::fmt;
use std::time::Duration;

use jiff::{Span, SpanRelativeTo};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A length of time: `90s`, `30m`, `6h`, `1d 12h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait(pub Duration);

impl<'de> Deserialize<'de> for Wait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("`{text}` is not a length of time: expected for example `90s`, `30m`, `6h` or `1d 12h`"));
        let span: Span = text.parse().map_err(|_| wrong())?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
        Duration::try_from(duration).map(Self).map_err(|_| wrong())
    }
}

/// A list that may not be empty.
pub(super) fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let values = Vec::deserialize(deserializer)?;
    if values.is_empty() { Err(D::Error::custom("expected at least one: without any, nothing is published")) } else { Ok(values) }
}

/// A number that may not be zero.
pub(super) fn positive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let number = usize::deserialize(deserializer)?;
    if number == 0 { Err(D::Error::custom("expected 1 or more: with 0, nothing is published")) } else { Ok(number) }
}

/// A time zone by its IANA name.
#[derive(Debug, Clone)]
pub(super) struct Zone(pub(super) jiff::tz::TimeZone);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let zone = jiff::tz::TimeZone::get(&text);
        zone.map(Self)
            .map_err(|_| D::Error::custom(format!("`{text}` is not a known time zone: expected an IANA name such as `Europe/Berlin`")))
    }
}

/// A secret: written out, or better, taken from the environment: `{ env = "NAME" }`.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretText {
    /// Written in the file.
    Plain(String),
    /// The name of an environment variable.
    Environment(String),
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("***"),
            Self::Environment(name) => write!(f, "{{ env = \"{name}\" }}"),
        }
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretVisitor)
    }
}

struct SecretVisitor;

impl<'de> Visitor<'de> for SecretVisitor {
    type Value = SecretText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or `{ env = \"NAME\" }`")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<SecretText, E> {
        Ok(SecretText::Plain(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SecretText, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == "env" => Ok(SecretText::Environment(map.next_value()?)),
            Some(other) => Err(A::Error::unknown_field(&other, &["env"])),
            None => Err(A::Error::missing_field("env")),
        }
    }
}
