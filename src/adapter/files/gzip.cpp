#include "gzip.h"

#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

#include "core/fault.h"

namespace migrate::files {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} * 1024;
// Of the manual (https://zlib.net/manual.html#Advanced): 15 bits of window, and 16 for gzip's
// header and trailer instead of zlib's own.
constexpr int gzip_window = 15 + 16;
// The dump of a server comes faster than the usual level compresses, and it is a tenth larger.
constexpr int level = 3;

Bytef* bytes_of(std::string_view text) {
  // zlib only reads them: next_in is no pointer to const unless it is told to.
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

class GzipReader : public port::ByteSource {
 public:
  GzipReader(std::unique_ptr<port::ByteSource> file, std::string path)
      : file_(std::move(file)), path_(std::move(path)), buffer_(buffer_bytes) {
    if (inflateInit2(&stream_, gzip_window) != Z_OK) throw broken("cannot be decompressed");
  }
  ~GzipReader() override { inflateEnd(&stream_); }
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  std::optional<std::string_view> next() override {
    if (ended_) return std::string_view();
    if (stream_.avail_in == 0 && !full_) {
      const auto compressed = file_->next();
      if (!compressed) return std::nullopt;
      if (compressed->empty()) throw broken("ends in the middle");
      stream_.next_in = bytes_of(*compressed);
      stream_.avail_in = static_cast<uInt>(compressed->size());
    }
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    ended_ = result == Z_STREAM_END;
    full_ = stream_.avail_out == 0;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
      throw broken("is not what gzip makes");
    const std::size_t got = buffer_.size() - stream_.avail_out;
    if (got == 0 && !ended_) return std::nullopt;
    return std::string_view(buffer_.data(), got);
  }

 private:
  core::Fault broken(std::string_view how) const {
    return {core::ExitCode::configuration, fmt::format("{}: {}", path_, how),
            "take another backup: migrate backup list"};
  }

  std::unique_ptr<port::ByteSource> file_;
  std::string path_;
  std::vector<char> buffer_;
  z_stream stream_{};
  bool ended_ = false;
  bool full_ = false;  ///< there may be more for the next buffer
};

}  // namespace

GzipWriter::GzipWriter(std::function<void(std::string_view)> out)
    : out_(std::move(out)), stream_(std::make_unique<z_stream>()), buffer_(buffer_bytes) {
  constexpr int memory = 8;  // zlib's default
  if (deflateInit2(stream_.get(), level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw core::Fault(core::ExitCode::internal, "zlib cannot be used");
}

GzipWriter::~GzipWriter() {
  deflateEnd(stream_.get());
}

void GzipWriter::write(std::string_view bytes) {
  deflate_all(bytes, Z_NO_FLUSH);
}

void GzipWriter::finish() {
  deflate_all({}, Z_FINISH);
}

void GzipWriter::deflate_all(std::string_view bytes, int flush) {
  stream_->next_in = bytes_of(bytes);
  stream_->avail_in = static_cast<uInt>(bytes.size());
  do {
    stream_->next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_->avail_out = static_cast<uInt>(buffer_.size());
    deflate(stream_.get(), flush);
    const std::size_t made = buffer_.size() - stream_->avail_out;
    if (made > 0) out_({buffer_.data(), made});
  } while (stream_->avail_out == 0);
}

std::unique_ptr<port::ByteSource> open_gzip(std::unique_ptr<port::ByteSource> file,
                                            std::string path) {
  return std::make_unique<GzipReader>(std::move(file), std::move(path));
}

}  // namespace migrate::files
