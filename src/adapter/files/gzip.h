#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "port/backup.h"

struct z_stream_s;  // NOLINT(readability-identifier-naming): zlib's

namespace migrate::files {

/// Compresses as gzip does (RFC 1952), piece by piece.
class GzipWriter {
 public:
  /// `out` gets what is compressed, and may throw.
  explicit GzipWriter(std::function<void(std::string_view)> out);
  ~GzipWriter();
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;

  void write(std::string_view bytes);
  /// Nothing can be written behind it.
  void finish();

 private:
  void deflate_all(std::string_view bytes, int flush);

  std::function<void(std::string_view)> out_;
  std::unique_ptr<z_stream_s> stream_;
  std::vector<char> buffer_;
};

/// What is in a gzip file. Throws Fault(configuration), which names `path`, for what is none or
/// ends too early.
std::unique_ptr<port::ByteSource> open_gzip(std::unique_ptr<port::ByteSource> file,
                                            std::string path);

}  // namespace migrate::files
