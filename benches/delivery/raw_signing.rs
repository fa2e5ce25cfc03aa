//! How fast this machine can sign with nothing else to do: the reference for signed mails.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rundbrief::delivery::signing::{NoNewKey, SigningKey, private_key};
use rundbrief::domain::dkim::Algorithm;

/// Mails per second that all cores together can give both signatures, measured for about `span`:
/// the bare signatures of a header, without hashing a body.
pub(crate) fn raw_rate(span: Duration) -> Result<f64, NoNewKey> {
    let mut keys = Vec::new();
    for algorithm in Algorithm::ALL {
        let private = private_key(*algorithm)?;
        keys.push(SigningKey::from_private(
            "rate",
            "example.org",
            *algorithm,
            &private,
        )?);
    }
    let header = [b'h'; 1_500];
    let done = AtomicU64::new(0);
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while begin.elapsed() < span {
                    let good = keys.iter().all(|key| key.sign(&header).is_ok());
                    done.fetch_add(u64::from(good), Ordering::Relaxed);
                }
            });
        }
    });
    let count = u32::try_from(done.into_inner()).unwrap_or(u32::MAX);
    Ok(f64::from(count) / begin.elapsed().as_secs_f64())
}
