#include "adapter/config/login_path.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "adapter/config/read_file.h"
#include "core/suggestion.h"

namespace migrate::config {
namespace {

constexpr std::size_t unused_size = 4;
constexpr std::size_t key_material_size = 20;
constexpr std::size_t length_size = 4;
constexpr std::size_t block_size = 16;

using Key = std::array<unsigned char, block_size>;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

unsigned char byte_of(char c) {
  return static_cast<unsigned char>(c);
}

Key key_from(std::string_view material) {
  Key key{};
  for (std::size_t i = 0; i < material.size(); ++i) key[i % key.size()] ^= byte_of(material[i]);
  return key;
}

std::size_t length_from(std::string_view bytes) {
  std::uint32_t length = 0;
  for (std::size_t i = length_size; i-- > 0;) length = length << 8U | byte_of(bytes[i]);
  return length;
}

// Nothing when the text is not one that this key encrypted.
std::optional<std::string> decrypt(const Key& key, std::string_view cipher_text) {
  const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
  std::vector<unsigned char> input(cipher_text.begin(), cipher_text.end());
  std::vector<unsigned char> plain(input.size() + block_size);
  int length = 0;
  int rest = 0;
  const bool done =
      context &&
      EVP_DecryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, key.data(), nullptr) == 1 &&
      EVP_DecryptUpdate(context.get(), plain.data(), &length, input.data(),
                        static_cast<int>(input.size())) == 1 &&
      EVP_DecryptFinal_ex(context.get(), plain.data() + length, &rest) == 1;
  if (!done) return std::nullopt;
  return std::string(plain.begin(), plain.begin() + length + rest);
}

}  // namespace

std::filesystem::path login_file(const Environment& environment, const Origin& named_by) {
  if (const auto file = environment("MYSQL_TEST_LOGIN_FILE"); file && !file->empty()) return *file;
  const auto home = environment("HOME");
  if (!home || home->empty()) {
    throw fault_at(named_by, "cannot find .mylogin.cnf: HOME is not set");
  }
  return std::filesystem::path(*home) / ".mylogin.cnf";
}

std::string decrypt_login_file(std::string_view bytes, const Origin& origin) {
  const auto fault = [&] {
    return fault_at(origin, "not a login file, or damaged",
                    "mysql_config_editor makes and shows such files");
  };
  if (bytes.size() < unused_size + key_material_size) throw fault();
  const Key key = key_from(bytes.substr(unused_size, key_material_size));
  bytes.remove_prefix(unused_size + key_material_size);
  std::string text;
  while (!bytes.empty()) {
    if (bytes.size() < length_size) throw fault();
    const std::size_t length = length_from(bytes);
    bytes.remove_prefix(length_size);
    if (length == 0 || length % block_size != 0 || length > bytes.size()) throw fault();
    const std::optional<std::string> line = decrypt(key, bytes.substr(0, length));
    if (!line) throw fault();
    text += *line;
    bytes.remove_prefix(length);
  }
  return text;
}

OptionFile read_login_path(const std::filesystem::path& file, const std::string& name,
                           const Origin& named_by) {
  const std::string bytes = read_file(file, named_by);
  const Origin whole_file{Level::option_file, file.string(), 0, 0};
  OptionFile result = parse_option_text(decrypt_login_file(bytes, whole_file), file.string());
  result.files.push_back(file);
  if (std::ranges::find(result.groups, name) != result.groups.end()) {
    return result;
  }
  const std::vector<std::string_view> known(result.groups.begin(), result.groups.end());
  const std::string suggestion = core::nearest(name, known);
  throw fault_at(
      named_by,
      fmt::format("{} has no login path '{}'{}", file.string(), name,
                  suggestion.empty() ? "" : fmt::format("; did you mean '{}'?", suggestion)),
      fmt::format("it has: {}", fmt::join(known, ", ")));
}

}  // namespace migrate::config
