#include "known_files.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <system_error>
#include <type_traits>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

/// Goes up with every change of the format; what another version kept is not read.
constexpr std::string_view heading = "migrate known files 1\n";
constexpr std::size_t hex_digits = 64;
/// The coarsest grain of a file system's times that is common (FAT), in seconds.
constexpr time_t grain = 2;

/// Behind the heading and the digest of all that follows. Written as it is in memory: no other
/// machine reads it.
struct Head {
  FileStamp folder;
  std::uint64_t files;
};

/// Of a file; the digits of its checksum and its name follow.
struct Record {
  FileStamp stamp;
  std::uint64_t hex_bytes;  ///< 0 where it is not known
  std::uint64_t name_bytes;
};

template <typename Value>
void append(std::string& out, const Value& value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Takes values from the front of what has proved to be whole.
class Cursor {
 public:
  explicit Cursor(std::string_view rest) : rest_(rest) {}

  template <typename Value>
  Value value() {
    Value value{};
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }

  std::string_view text(std::size_t bytes) {
    const std::string_view text = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return text;
  }

 private:
  std::string_view rest_;
};

bool is_ours(const fs::path& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && status.st_uid == geteuid();
}

std::string digest_of(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

std::vector<char> read_all(const fs::path& path) {
  std::error_code failure;
  const std::uintmax_t bytes = fs::file_size(path, failure);
  if (failure) return {};
  std::vector<char> content(bytes);
  std::ifstream file(path, std::ios::binary);
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file) content.clear();
  return content;
}

/// What follows the digest, if the file is whole; else nothing.
std::string_view content_of(std::string_view kept) {
  if (!kept.starts_with(heading)) return {};
  kept.remove_prefix(heading.size());
  const std::string_view digest = kept.substr(0, hex_digits);
  kept.remove_prefix(digest.size());
  return digest_of(kept) == digest ? kept : std::string_view{};
}

}  // namespace

KnownFiles KnownFiles::load(const fs::path& kept_in) {
  KnownFiles known;
  if (!is_ours(kept_in)) return known;
  known.kept_ = read_all(kept_in);
  const std::string_view content = content_of({known.kept_.data(), known.kept_.size()});
  if (content.empty()) return known;
  Cursor cursor(content);
  const auto head = cursor.value<Head>();
  known.folder_ = head.folder;
  known.files_.reserve(head.files);
  while (known.files_.size() < head.files) {
    const auto record = cursor.value<Record>();
    const std::string_view hex = cursor.text(record.hex_bytes);
    known.files_.push_back(
        {.name = cursor.text(record.name_bytes), .stamp = record.stamp, .hex = hex});
  }
  return known;
}

const std::vector<KnownFile>& KnownFiles::in_folder(const FileStamp& folder) const {
  static const std::vector<KnownFile> unknown;
  return folder_ == folder && folder_ != FileStamp{} ? files_ : unknown;
}

const KnownFile* KnownFiles::find(std::size_t place, std::string_view name,
                                  const FileStamp& stamp) const {
  const auto at_place =
      files_.begin() + static_cast<std::ptrdiff_t>(std::min(place, files_.size()));
  const auto found = at_place != files_.end() && at_place->name == name
                         ? at_place
                         : std::ranges::lower_bound(files_, name, std::less<>{}, &KnownFile::name);
  const bool same = found != files_.end() && found->name == name && found->stamp == stamp;
  return same ? &*found : nullptr;
}

void keep_known(const FileStamp& folder, const std::vector<KnownFile>& files,
                const fs::path& kept_in) {
  std::string content;
  append(content, Head{.folder = folder, .files = files.size()});
  for (const KnownFile& file : files) {
    append(
        content,
        Record{.stamp = file.stamp, .hex_bytes = file.hex.size(), .name_bytes = file.name.size()});
    content.append(file.hex).append(file.name);
  }
  std::error_code failure;
  if (fs::create_directories(kept_in.parent_path(), failure))
    fs::permissions(kept_in.parent_path(), fs::perms::owner_all, failure);
  // Two runs may end at once, and one may be killed.
  fs::path fresh = kept_in;
  fresh += fmt::format(".{}", getpid());
  std::ofstream file(fresh, std::ios::binary);
  file << heading << digest_of(content) << content;
  file.close();
  if (file) fs::rename(fresh, kept_in, failure);
  if (!file || failure) fs::remove(fresh, failure);
}

FileStamp settled(const FileStamp& stamp, time_t now) {
  return std::max(stamp.seconds, stamp.status_seconds) + grain < now ? stamp : FileStamp{};
}

}  // namespace migrate::files
