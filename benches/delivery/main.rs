//! Compares the engine's speed with Postfix's load generator: called by `scripts/bench delivery`.
//!
//! One call measures one case (a size of mail, a number of connections, a database …) in rounds
//! that alternate between `smtp-source`, which records nothing, and the real engine with its real
//! ledger, both into the same `smtp-sink`. It prints one line of JSON.

mod delay;
mod fixture;
mod raw_signing;
mod saving;
mod tools;
mod variants;

use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::json;

use fixture::Fixture;
use raw_signing::raw_rate;
use tools::{Sink, Source};

/// One measurement. Every field is an argument `name=value`.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an argument of its own"
)]
struct Case {
    /// Bytes of a mail.
    size: usize,
    connections: u32,
    /// `sqlite`, or `postgres` (its server in `RUNDBRIEF_TEST_POSTGRES`).
    database: String,
    /// SQLite's `synchronous`.
    synchronous: String,
    /// Milliseconds of a round trip added on the way to the receiver.
    latency: u64,
    /// Mails in each round.
    mails: u32,
    rounds: u32,
    /// Whether mails are signed, by RSA-2048 and Ed25519.
    signed: bool,
    /// Whether `smtp-source` is measured too.
    reference: bool,
    /// Whether an issue with many variants is compared with one that is the same for all readers.
    variants: bool,
    /// Whether somebody saves an entry again and again meanwhile: only that is measured.
    saving: bool,
}

impl Case {
    fn from_arguments() -> Result<Self, String> {
        let mut case = Self {
            size: 28_000,
            connections: 50,
            database: "sqlite".to_owned(),
            synchronous: "full".to_owned(),
            latency: 0,
            mails: 20_000,
            rounds: 3,
            signed: false,
            reference: true,
            variants: false,
            saving: false,
        };
        for argument in std::env::args().skip(1) {
            let Some((name, value)) = argument.split_once('=') else {
                continue; // what cargo adds
            };
            let bad = |error: std::num::ParseIntError| format!("{name}: {error}");
            match name {
                "size" => case.size = value.parse().map_err(bad)?,
                "connections" => case.connections = value.parse().map_err(bad)?,
                "latency" => case.latency = value.parse().map_err(bad)?,
                "mails" => case.mails = value.parse().map_err(bad)?,
                "rounds" => case.rounds = value.parse().map_err(bad)?,
                "database" => value.clone_into(&mut case.database),
                "synchronous" => value.clone_into(&mut case.synchronous),
                "signed" => case.signed = value == "yes",
                "reference" => case.reference = value == "yes",
                "variants" => case.variants = value == "yes",
                "saving" => case.saving = value == "yes",
                _ => return Err(format!("there is no argument {name}")),
            }
        }
        Ok(case)
    }
}

#[expect(clippy::print_stdout, reason = "its result")]
fn main() -> anyhow::Result<()> {
    let case = Case::from_arguments().map_err(anyhow::Error::msg)?;
    // As the program itself runs.
    let result = rundbrief::cli::runtime()?.block_on(measure(&case))?;
    println!("{result}");
    Ok(())
}

async fn measure(case: &Case) -> anyhow::Result<serde_json::Value> {
    let sink = Sink::start().await?;
    let port = match case.latency {
        0 => sink.port,
        millis => delay::relay(sink.port, Duration::from_millis(millis / 2)).await?,
    };
    if case.variants {
        return variants::measure(case, port).await;
    }
    if case.saving {
        return saving::measure(case, port).await;
    }
    let begin = Instant::now();
    let fixture = Fixture::build(case, port).await?;
    let seeding = begin.elapsed();
    // Caches, allocators and the receiver's sockets are warm in every round that counts.
    fixture.send(case.mails.min(2_000)).await?;
    let (mut ours, mut theirs, mut freezing) = (Vec::new(), Vec::new(), Vec::new());
    let mut worked = Vec::new();
    for _ in 0..case.rounds {
        if case.reference {
            theirs.push(Source::run(port, case.connections, case.mails, case.size).await?);
        }
        let before = processor_time()?;
        let sent = fixture.send(case.mails).await?;
        worked.push((processor_time()? - before) / f64::from(case.mails));
        freezing.push(sent.freezing.as_secs_f64());
        ours.push(sent.rate);
    }
    let rate = median(&mut ours);
    let mut result = json!({
        "size": case.size,
        "connections": case.connections,
        "database": case.database,
        "synchronous": case.synchronous,
        "latency_ms": case.latency,
        "signed": case.signed,
        "mails": case.mails,
        "rounds": case.rounds,
        "rate": rate.round(),
        "rates": ours,
        "freezing_s": median(&mut freezing),
        "seeding_s": seeding.as_secs_f64(),
        "processor_us_per_mail": (median(&mut worked) * 1e6).round(),
        "peak_memory_mb": peak_memory()?,
    });
    if case.signed {
        // What all cores can sign with nothing else to do.
        let raw = tokio::task::spawn_blocking(|| raw_rate(Duration::from_secs(2))).await??;
        result["raw_signing_rate"] = json!(raw.round());
        result["of_raw_signing"] = json!((rate / raw * 1000.0).round() / 1000.0);
    }
    if case.reference {
        let reference = median(&mut theirs);
        result["reference_rate"] = json!(reference.round());
        result["reference_rates"] = json!(theirs);
        result["ratio"] = json!((rate / reference * 1000.0).round() / 1000.0);
    }
    fixture.close().await;
    Ok(result)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Seconds that this process had a processor. Time taken by other virtual machines does not count,
/// so it is the steadier figure.
fn processor_time() -> anyhow::Result<f64> {
    const TICKS_PER_SECOND: f64 = 100.0; // USER_HZ, on every Linux
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, after_name) = stat.rsplit_once(')').context("the name in brackets")?;
    let ticks = |at: usize| -> anyhow::Result<f64> {
        let field = after_name.split_whitespace().nth(at).context("a field")?;
        Ok(field.parse()?)
    };
    Ok((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND) // in user mode, in the kernel
}

/// The peak memory of this process, in MB (10^6 bytes).
fn peak_memory() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    Ok(kilobytes.unwrap_or("0").parse::<f64>()? * 1024.0 / 1e6)
}
