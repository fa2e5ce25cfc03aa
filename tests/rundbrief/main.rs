//! The stories: what Rundbrief does, seen from outside. One file per story, one binary for all.
//!
//! `scripts/test rust` runs them on SQLite, `scripts/test postgres` the same binary on PostgreSQL.
//! A story that needs a database is written once, inside `on_both_databases!` (see [`harness`]).

#[macro_use]
mod harness;

mod architecture;
mod audit;
mod audit_lines;
mod bad_input;
mod checks;
mod commands;
mod composing;
mod config;
mod demo;
mod digests;
mod foreign_text;
mod installation;
mod jobs;
mod links;
mod mails;
mod module_cycles;
mod newsroom;
mod notices;
mod pictures;
mod privacy;
mod proposals;
mod review;
mod schedule;
mod sending;
mod store;
mod timetables;
mod tools;
mod web;
