//! Checks that untrusted input takes time proportional to its length: every input of
//! `tests/rundbrief/foreign_text/inputs.rs` in 1 and in 2 MB, and document types in detail. `cargo
//! bench --bench foreign_text`; a part of a name behind `--` picks some.

#[path = "../tests/rundbrief/foreign_text/inputs.rs"]
mod inputs;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};

use self::inputs::{Case, cases};

const MEGABYTE: usize = 1_000_000;

/// The processor time of this thread, which other programs do not change.
fn processor_time() -> Duration {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat");
    let schedstat = schedstat.expect("Linux has the processor time of a thread here");
    let nanos = schedstat.split(' ').next().and_then(|one| one.parse().ok());
    Duration::from_nanos(nanos.expect("a number of nanoseconds"))
}

/// The shortest of three readings.
fn time(case: &Case, bytes: usize) -> Duration {
    let input = (case.input)(bytes);
    let reading = || {
        let begin = processor_time();
        (case.read)(&input);
        processor_time().saturating_sub(begin)
    };
    (0..3).map(|_| reading()).min().unwrap_or_default()
}

/// Prints the cost of 1 and 2 MB, the highest first, and returns whether any of it grows faster
/// than its input.
#[expect(
    clippy::print_stdout,
    reason = "the table is the result of the benchmark"
)]
fn table(filter: &str) -> bool {
    let mut rows: Vec<_> = cases()
        .into_iter()
        .filter(|case| case.name.contains(filter))
        .map(|case| {
            let (one, two) = (time(&case, MEGABYTE), time(&case, 2 * MEGABYTE));
            (
                two,
                two.as_secs_f64() / one.as_secs_f64().max(1e-4),
                case.name,
            )
        })
        .collect();
    rows.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
    println!("{:>10} {:>6}  input", "2 MB", "2:1 MB");
    for (time, ratio, name) in &rows {
        println!("{:>7.1} ms {ratio:>6.2}  {name}", time.as_secs_f64() * 1e3);
    }
    // 4 is quadratic; the system counts processor time in steps of up to 4 ms, so little of it is
    // mostly rounding.
    rows.iter()
        .all(|(time, ratio, _)| *ratio < 3.0 || *time < Duration::from_millis(50))
}

/// `<!x>` over and over: the same throughput at every length.
fn document_types(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document types");
    let cases = cases();
    let Some(case) = cases.iter().find(|case| case.name == "feed channel: <!x>") else {
        return;
    };
    for bytes in [MEGABYTE / 4, MEGABYTE / 2, MEGABYTE, 2 * MEGABYTE] {
        let input = (case.input)(bytes);
        group.throughput(Throughput::Bytes(u64::try_from(bytes).unwrap_or_default()));
        group.bench_with_input(
            BenchmarkId::from_parameter(bytes),
            &input,
            |bench, input| {
                bench.iter(|| (case.read)(input));
            },
        );
    }
    group.finish();
}

fn main() {
    let filter = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let is_linear = table(&filter.unwrap_or_default());
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    document_types(&mut criterion);
    criterion.final_summary();
    assert!(is_linear, "some input takes more than its length");
}
