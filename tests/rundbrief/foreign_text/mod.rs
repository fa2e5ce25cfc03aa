//! What strangers send takes time in proportion to its length, whatever it is made of.

mod inputs;

use std::time::Duration;

use self::inputs::Case;

/// Processor time of this thread: other tests that run beside it do not count.
fn processor_time() -> Duration {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    let nanos = schedstat
        .split(' ')
        .next()
        .and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.expect("a number"))
}

/// The shortest of some readings: what the machine adds is no property of the reader.
fn cost(case: &Case, bytes: usize, times: u32) -> Duration {
    let input = (case.input)(bytes);
    let reading = || {
        let before = processor_time();
        (case.read)(&input);
        processor_time() - before
    };
    (0..times).map(|_| reading()).min().unwrap_or_default()
}

/// Eight times the input costs eight times as much, not 64 times.
#[test]
fn cost_grows_with_the_length_of_the_input() {
    const SMALL: usize = 8_000;
    let mut slow = Vec::new();
    // Rules of repetition cost the same bounded amount each; the benchmark looks at them.
    let cases = inputs::cases().into_iter();
    for case in cases.filter(|case| !case.name.contains("rule: ")) {
        let large = cost(&case, 8 * SMALL, 1);
        // So little that it cannot be told from the fixed cost; a quadratic scan takes longer.
        if large < Duration::from_millis(20) {
            continue;
        }
        let (small, large) = (cost(&case, SMALL, 3), large.min(cost(&case, 8 * SMALL, 2)));
        let growth = large.as_secs_f64() / small.as_secs_f64().max(1e-6);
        if growth > 24.0 {
            slow.push(format!("{}: {growth:.0} times, {large:?}", case.name));
        }
    }
    assert!(slow.is_empty(), "quadratic: {slow:#?}");
}
