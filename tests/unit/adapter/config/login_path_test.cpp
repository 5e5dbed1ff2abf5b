#include "adapter/config/login_path.h"

#include <array>
#include <memory>
#include <vector>

#include <openssl/evp.h>

#include "fixture.h"

namespace migrate::config {
namespace {

const Origin flag{Level::flag, "--login-path", 0, 0};

/// A .mylogin.cnf as mysql_config_editor writes it, one chunk a line.
std::string encrypted(const std::vector<std::string>& lines) {
  std::string material;
  for (int i = 0; i < 20; ++i) material.push_back(static_cast<char>(7 * i + 3));
  std::array<unsigned char, 16> key{};
  for (std::size_t i = 0; i < material.size(); ++i) {
    key[i % 16] = static_cast<unsigned char>(key[i % 16] ^ static_cast<unsigned char>(material[i]));
  }
  std::string file(4, '\0');
  file += material;
  for (const std::string& line : lines) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::vector<unsigned char> input(line.begin(), line.end());
    std::vector<unsigned char> output(input.size() + 16);
    int length = 0;
    int rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, key.data(), nullptr);
    EVP_EncryptUpdate(context.get(), output.data(), &length, input.data(),
                      static_cast<int>(input.size()));
    EVP_EncryptFinal_ex(context.get(), output.data() + length, &rest);
    const auto size = static_cast<unsigned>(length + rest);
    for (unsigned shift = 0; shift < 32; shift += 8)
      file.push_back(static_cast<char>(size >> shift & 0xFFU));
    file.append(output.begin(), output.begin() + length + rest);
  }
  return file;
}

TEST(LoginPath, IsDecrypted) {
  const std::string bytes = encrypted({"[prod]\n", "user = \"app\"\n", "password = \"s3cret\"\n"});
  EXPECT_EQ(decrypt_login_file(bytes, flag), "[prod]\nuser = \"app\"\npassword = \"s3cret\"\n");
}

TEST(LoginPath, RefusesAFileThatIsNotOne) {
  std::string damaged = encrypted({"[prod]\n", "password = \"s3cret\"\n"});
  damaged[damaged.size() - 1] = static_cast<char>(damaged[damaged.size() - 1] ^ 1);
  const std::string cut = encrypted({"[prod]\n"});
  for (const std::string& bytes : {std::string("[client]\n"), std::string(40, 'x'), damaged,
                                   cut.substr(0, cut.size() - 1), cut + "abc"}) {
    const core::Fault fault = fault_of([&] {
      decrypt_login_file(bytes, {Level::option_file, "/h/.mylogin.cnf", 0, 0});
    });
    EXPECT_STREQ(fault.what(), "/h/.mylogin.cnf: not a login file, or damaged");
  }
}

TEST(LoginPath, SuggestsAPathThatIsThere) {
  TestFolder folder;
  const auto file = folder.write("login", encrypted({"[client]\n", "[production]\n"}));
  const core::Fault fault = fault_of([&] { read_login_path(file, "prodution", flag); });
  EXPECT_EQ(fault.what(), "--login-path: " + file.string() +
                              " has no login path 'prodution'; did you mean 'production'?");
  EXPECT_EQ(fault.hint(), "it has: client, production");
}

TEST(LoginPath, LivesWhereTheEnvironmentSays) {
  EXPECT_EQ(login_file(environment_of({{"HOME", "/h"}}), flag), "/h/.mylogin.cnf");
  EXPECT_EQ(login_file(environment_of({{"HOME", "/h"}, {"MYSQL_TEST_LOGIN_FILE", "/x"}}), flag),
            "/x");
  EXPECT_STREQ(fault_of([] { login_file(environment_of({}), flag); }).what(),
               "--login-path: cannot find .mylogin.cnf: HOME is not set");
}

}  // namespace
}  // namespace migrate::config
