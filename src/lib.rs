//! feedwright turns web pages into feeds that can be left alone for years.
//!
//! The way of the data is `fetch → discover → extract → curate → store → publish`; each stage is a module of that name.
//! The stages from [`model`] to [`event`] only compute: no network, disk, clock, process or environment. Those from
//! [`fetch`] on act, each effect through one door.

pub mod curate;
pub mod discover;
pub mod event;
pub mod extract;
pub mod health;
pub mod html;
pub mod model;
pub mod schedule;
pub mod url;

pub mod fetch;
pub mod publish;
pub mod store;
pub mod transform;

pub mod config;

pub mod pipeline;
pub mod run;
pub mod serve;
pub mod watch;

pub mod cli;

#[cfg(test)]
mod fuzz;
