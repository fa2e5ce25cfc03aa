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

/// How much dearer one long input is than as many bytes in short ones: 1 where cost grows with the
/// length, [`PARTS`] where it grows with the square. The system tells processor time in steps of
/// some milliseconds, so readings below that count as free.
fn growth(case: &Case) -> f64 {
    let (short, long) = ((case.input)(SHORT), (case.input)(PARTS * SHORT));
    let spent = |read: &dyn Fn()| {
        let before = processor_time();
        read();
        processor_time().saturating_sub(before)
    };
    let once = || spent(&|| (case.read)(&long));
    let first = once();
    if first < Duration::from_millis(40) {
        return 1.0;
    }
    let in_parts = || spent(&|| (0..PARTS).for_each(|_| (case.read)(&short)));
    let least = |one: Duration, measure: &dyn Fn() -> Duration| one.min(measure());
    let long = least(first, &once);
    let parts = least(in_parts(), &in_parts);
    long.as_secs_f64() / parts.as_secs_f64().max(0.004)
}

const SHORT: usize = 8_000;
const PARTS: usize = 8;

#[test]
fn cost_grows_with_the_length_of_the_input() {
    // Rules of repetition cost the same bounded amount each; the benchmark looks at them.
    let cases = inputs::cases().into_iter();
    let slow: Vec<_> = cases
        .filter(|case| !case.name.contains("rule: "))
        .map(|case| (growth(&case), case.name))
        .filter(|(growth, _)| *growth > 3.0)
        .collect();
    assert!(slow.is_empty(), "quadratic: {slow:#?}");
}
