//! How much memory pictures take. Each test must have a process of its own, as with nextest: what is
//! measured is the most that the process ever took.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType};

use super::{app, entry, give};
use crate::harness::Database;
use crate::store::{monday, open};

/// What this process takes (`VmRSS`), or the most that it has taken (`VmHWM`), in MB (proc(5)).
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let value = status
        .lines()
        .find_map(|of| of.strip_prefix(line)?.strip_prefix(':'));
    let kilobytes = value.and_then(|value| value.trim().strip_suffix(" kB"));
    let kilobytes: u64 = kilobytes
        .and_then(|number| number.parse().ok())
        .expect("a number");
    kilobytes / 1024
}

/// A large photograph that is made line by line: its size, and what its lines are cut from.
struct Photograph(u16, u16, Vec<u8>);

impl ImageBuffer for Photograph {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }
    fn width(&self) -> u16 {
        self.0
    }
    fn height(&self) -> u16 {
        self.1
    }
    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        for (buffer, slope) in buffers.iter_mut().zip([1, 3, 5]) {
            let start = usize::from(y / 16) * slope % 256;
            buffer.extend_from_slice(&self.2[start..start + usize::from(self.0)]);
        }
    }
}

fn photograph(width: u16, height: u16) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 80);
    let line = (0..width + 256).map(|x| u8::try_from(x / 16 % 256).unwrap_or(0));
    let photograph = Photograph(width, height, line.collect());
    encoder.encode_image(photograph).expect("encodes");
    file
}

/// Two of 24 million pixels wait for each other; two of 12 million are read at once. Decoding takes
/// 100 MB at most; the files and the small copies come on top. The program itself does not count.
#[tokio::test(flavor = "multi_thread")]
async fn two_large_pictures_at_once_take_less_than_125_mb() {
    let database = Database::sqlite().await;
    let db = open(&database).await;
    let folder = tempfile::tempdir().expect("a folder");
    let app = app(&db, folder.path(), monday());
    let entries = [entry(&db, "Eins").await, entry(&db, "Zwei").await];
    let before = memory("VmRSS");
    for (width, height) in [(6000, 4000), (4000, 3000)] {
        let (one, other) = (photograph(width, height), photograph(height, width));
        let both = tokio::join!(give(&app, entries[0], one), give(&app, entries[1], other));
        let sizes = [both.0, both.1].map(|added| added.expect("added").picture);
        assert_eq!(sizes[0].width, u32::from(width));
        assert_eq!(sizes[1].width, u32::from(height));
    }
    let peak = memory("VmHWM");
    assert!(
        peak - before < 125,
        "{peak} MB, of which {before} MB before the pictures"
    );
}
