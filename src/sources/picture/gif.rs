//! The blocks of a GIF file (GIF89a): the number of its frames, and whether they fit into the
//! picture.

use super::PictureError;

/// Refuses more than one frame, and one that is larger than the picture: the decoder would allocate
/// memory for it.
pub(super) fn check(file: &[u8]) -> Result<(), PictureError> {
    let mut blocks = Blocks { file, at: 0 };
    let frames = blocks.frames().ok_or(PictureError::Truncated)??;
    match frames {
        0 => Err(PictureError::Damaged("it has no frame".to_owned())),
        1 => Ok(()),
        _ => Err(PictureError::Animated),
    }
}

struct Blocks<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Blocks<'a> {
    /// Counts frames up to the second; none if the file is truncated.
    fn frames(&mut self) -> Option<Result<u32, PictureError>> {
        let head = self.take(13)?;
        let screen = (word(head, 6), word(head, 8));
        self.skip_colours(head[10])?;
        let mut frames = 0;
        while frames < 2 {
            match self.take(1)?[0] {
                // An extension: its label, then its data.
                0x21 => {
                    self.take(1)?;
                    self.skip_data()?;
                }
                0x2c => {
                    let frame = self.take(9)?;
                    let right = word(frame, 0) + word(frame, 4);
                    let bottom = word(frame, 2) + word(frame, 6);
                    if right > screen.0 || bottom > screen.1 {
                        let what = "its frame is larger than the picture";
                        return Some(Err(PictureError::Damaged(what.to_owned())));
                    }
                    self.skip_colours(frame[8])?;
                    self.take(1)?;
                    self.skip_data()?;
                    frames += 1;
                }
                0x3b => break,
                _ => return Some(Err(PictureError::Damaged("an unknown block".to_owned()))),
            }
        }
        Some(Ok(frames))
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.file.get(self.at..self.at + count)?;
        self.at += count;
        Some(taken)
    }

    /// Skips a colour table, if the flags announce one.
    fn skip_colours(&mut self, flags: u8) -> Option<()> {
        if flags & 0x80 != 0 {
            self.take(3 << ((flags & 7) + 1))?;
        }
        Some(())
    }

    /// Skips data sub-blocks up to the terminator.
    fn skip_data(&mut self) -> Option<()> {
        loop {
            let count = usize::from(self.take(1)?[0]);
            if count == 0 {
                return Some(());
            }
            self.take(count)?;
        }
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}
