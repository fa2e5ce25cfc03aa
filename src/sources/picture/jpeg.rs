//! The segments of a JPEG file (ITU-T T.81, annex B): its size, coding, and whether it is complete.

use super::{MAX_SCANS, PictureError};

/// The content of the segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    /// The sampling factors of each component, across and down.
    sampling: Vec<(usize, usize)>,
    /// Whether the decoder must hold all coefficients, because there are several scans.
    several_passes: bool,
}

impl Header {
    /// The memory that decoding takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        let (width, height) = (self.size.0 as usize, self.size.1 as usize);
        let pixels = width * height * 3;
        if !self.several_passes {
            return pixels;
        }
        let across = self.sampling.iter().map(|one| one.0).max().unwrap_or(1);
        let down = self.sampling.iter().map(|one| one.1).max().unwrap_or(1);
        let (columns, rows) = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        let blocks: usize = self.sampling.iter().map(|(h, v)| h * v).sum();
        pixels + columns * rows * blocks * 64 * size_of::<i16>()
    }
}

/// Reads all segments up to the end of the picture.
pub(super) fn read(file: &[u8]) -> Result<Header, PictureError> {
    let mut segments = Segments { file, at: 2 };
    let mut frame = None;
    let mut scans = 0;
    let mut in_first = 0;
    loop {
        let (marker, segment) = segments.next().ok_or(PictureError::Truncated)?;
        match marker {
            0xd9 => break,
            0xda => {
                scans += 1;
                if scans == 1 {
                    in_first = usize::from(segment.first().copied().unwrap_or(0));
                }
                if scans > MAX_SCANS {
                    return Err(PictureError::Damaged("it has too many scans".to_owned()));
                }
                segments.skip_scan();
            }
            0xc0..=0xc2 if frame.is_none() => {
                frame = Some((marker, frame_of(segment).ok_or_else(no_frame)?));
            }
            0xc0..=0xc2 => return Err(no_frame()),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(PictureError::Unsupported(format!(
                    "JPEG process {marker:x}"
                )));
            }
            _ => {}
        }
    }
    let (marker, (size, sampling)) = frame.ok_or_else(no_frame)?;
    let is_progressive = marker == 0xc2;
    let apart = !is_progressive && in_first < sampling.len();
    // The decoder does not upsample such components.
    if apart && sampling.iter().any(|one| *one != sampling[0]) {
        let what = "each colour in a scan of its own";
        return Err(PictureError::Unsupported(what.to_owned()));
    }
    Ok(Header {
        size,
        several_passes: is_progressive || apart,
        sampling,
    })
}

fn no_frame() -> PictureError {
    PictureError::Damaged("it does not say once how large it is".to_owned())
}

type Frame = ((u32, u32), Vec<(usize, usize)>);

fn frame_of(segment: &[u8]) -> Option<Frame> {
    let [_, h1, h0, w1, w0, count, components @ ..] = segment else {
        return None;
    };
    let size = (
        u32::from(u16::from_be_bytes([*w1, *w0])),
        u32::from(u16::from_be_bytes([*h1, *h0])),
    );
    let sampling: Vec<_> = components
        .chunks_exact(3)
        .map(|one| (usize::from(one[1] >> 4), usize::from(one[1] & 15)))
        .collect();
    let fits = |(h, v): &(usize, usize)| (1..=4).contains(h) && (1..=4).contains(v);
    let is_sound = size.0 > 0
        && size.1 > 0
        && (1..=4).contains(count)
        && sampling.len() == usize::from(*count)
        && sampling.iter().all(fits);
    is_sound.then_some((size, sampling))
}

struct Segments<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// The next marker and its segment; none at the end of the file.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        loop {
            self.at += memchr::memchr(0xff, self.file.get(self.at..)?)? + 1;
            let marker = *self.file.get(self.at)?;
            match marker {
                // Fill bytes, and stray bytes of some programs between segments.
                0xff | 0x00 => {}
                0x01 | 0xd0..=0xd8 => self.at += 1,
                0xd9 => return Some((marker, &[])),
                _ => {
                    let length = self.file.get(self.at + 1..self.at + 3)?;
                    let length = usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
                    let segment = self.file.get(self.at + 3..self.at + 1 + length)?;
                    self.at += 1 + length;
                    return Some((marker, segment));
                }
            }
        }
    }

    /// Moves to the marker after the entropy-coded data.
    fn skip_scan(&mut self) {
        while let Some(found) = self
            .file
            .get(self.at..)
            .and_then(|rest| memchr::memchr(0xff, rest))
        {
            self.at += found;
            match self.file.get(self.at + 1) {
                Some(0x00 | 0xd0..=0xd7) => self.at += 2,
                Some(0xff) => self.at += 1,
                _ => return,
            }
        }
        self.at = self.file.len();
    }
}
