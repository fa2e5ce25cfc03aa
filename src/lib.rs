//! Rundbrief: a self-hosted newsletter and event-announcement mailer for public bodies.
//!
//! The map of the house; an arrow never runs against this order:
//!
//! | room | what it is for | may know |
//! | --- | --- | --- |
//! | [`cli`] | the command line: one file per command; puts the house together | everything |
//! | [`clock`], [`shutdown`], [`telemetry`] | what time it is, stopping in good order, log lines | config, domain |
//! | [`config`] | what an administrator sets: one file per section of `config.toml` | domain |
//! | [`delivery`] | how mails get to the relay, and what it said | `domain`, `store`, `config` |
//! | [`digest`] | what an issue says: select, group into variants, render, prepare | `store`, `domain`, `templates` |
//! | [`domain`] | what things are and which moves are allowed; no I/O | nothing |
//! | [`jobs`] | what happens when: the schedule and one file per recurring job | everything above and below but `web`, `cli` |
//! | [`sources`] | what comes in from other systems: feeds and calendars | `domain` |
//! | [`store`] | what is remembered; the only room with SQL | `domain` |
//! | [`web`] | the pages that citizens meet | all above, the crate `templates` |

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
