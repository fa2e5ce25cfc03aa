//! Rundbrief: a self-hosted newsletter and event-announcement mailer for public bodies.
//!
//! The map; dependencies run downwards in this list, never up:
//!
//! | module | what it is for | may depend on |
//! | --- | --- | --- |
//! | [`cli`] | the command line, one file per command; wires everything together | everything |
//! | [`web`] | the pages that citizens meet | all below, the crate `templates` |
//! | [`jobs`] | one file per recurring job, and the list that registers them | all below |
//! | [`app`] | what can be done and by whom: the operations, one file per subject | all below |
//! | [`digest`] | what an issue says: select, render once per language, join variants | `store`, `domain`, `config`, `templates` |
//! | [`delivery`] | how mails get to the relay, and what it answered | `store`, `domain`, `config` |
//! | [`sources`] | what comes from outside: feeds, calendars, pictures, links, the DNS | `domain`, `config` |
//! | [`store`] | what is remembered; the only module with SQL | `domain`, `config` |
//! | [`config`] | what an administrator sets: one file per section of `config.toml` | `domain` |
//! | [`domain`] | what things are and which moves are allowed; no I/O | nothing |
//! | [`clock`], [`shutdown`], [`telemetry`] | what time it is, stopping in good order, log lines | `config`, `domain` |

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod digest;
pub mod domain;
pub mod jobs;
pub mod shutdown;
pub mod sources;
pub mod store;
pub mod telemetry;
pub mod web;
