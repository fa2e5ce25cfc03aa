//! Small files that would fill the memory, by the built command: what is refused is refused before it
//! is unpacked, and what is not takes no more than another picture.

use crate::commands::{FEED, installation};
use crate::harness::{Database, Installation};

/// What refusing such a file may cost, in MB; the program alone takes some 30.
const MODEST: u64 = 120;

/// Writes a PNG, then runs the command below it and tells the most memory that took, in MB, in the
/// last line of standard error. What is packed are 400 MB of zeros.
const SCRIPT: &str = r#"
import resource, struct, subprocess, sys, zlib
width, height, where = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
packer = zlib.compressobj(6)
packed = b"".join(packer.compress(bytes(4_000_000)) for _ in range(100)) + packer.flush()
with open("bomb.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
    if where == "profile":
        file.write(chunk(b"iCCP", b"x\0\0" + packed))
    if where == "text":
        file.write(chunk(b"zTXt", b"Comment\0\0" + packed))
    pixels = packed if where == "pixels" else zlib.compress(bytes((width + 1) * height))
    file.write(chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
ended = subprocess.run(sys.argv[4:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
sys.exit(ended.returncode)
"#;

fn measured(house: &Installation, size: (u32, u32), packed: &str) -> (Option<i32>, String, u64) {
    let (width, height) = (size.0.to_string(), size.1.to_string());
    let program = env!("CARGO_BIN_EXE_rundbrief");
    let command = ["entry", "picture", "add", "1", "bomb.png", "--decorative"];
    let mut whole = vec!["-c", SCRIPT, &width, &height, packed, program];
    whole.extend(command);
    let ended = house.run_program("python3", whole);
    let said = ended.stderr.trim_end();
    let (said, memory) = said.rsplit_once('\n').unwrap_or(("", said));
    (ended.code, said.to_owned(), memory.parse().expect("MB"))
}

#[tokio::test]
async fn bombs_do_not_go_off() {
    let database = Database::sqlite().await;
    let house = installation(&database).with("log.level", "warn");
    let feed = ["import", "feed", "-", "--publish"];
    house.run_with_input(feed, FEED.as_bytes()).success();

    let (code, said, memory) = measured(&house, (20_000, 20_000), "pixels");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("20000 × 20000 pixels"), "{said}");
    assert!(memory < MODEST, "{memory} MB");
    for (packed, size) in [
        ("pixels", (100, 100)),
        ("profile", (100, 100)),
        ("text", (100, 100)),
    ] {
        let (code, said, memory) = measured(&house, size, packed);
        assert!(matches!(code, Some(0 | 1)), "{packed}: {code:?} {said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(memory < MODEST, "{packed}: {memory} MB");
    }
}
