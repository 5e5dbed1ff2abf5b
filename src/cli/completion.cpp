#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands.h"

namespace migrate::cli {
namespace {

struct Word {
  std::string text;
  std::string help;
};

std::vector<Word> commands_of(const CLI::App& app) {
  std::vector<Word> words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_name().empty())
      words.push_back({command->get_name(), command->get_description()});
  }
  return words;
}

std::vector<Word> flags_of(const CLI::App& app) {
  std::vector<Word> words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      words.push_back({"--" + name, option->get_description()});
  }
  return words;
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

/// Without what would end a single-quoted shell string.
std::string plain(const std::string& help) {
  std::string text;
  for (const char c : help) {
    if (c != '\'' && c != '`' && c != '[' && c != ']' && c != ':') text += c;
  }
  return text;
}

std::string bash_script(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    cases += fmt::format("    {}) words=\"{} {}\" ;;\n", command->get_name(),
                         joined(commands_of(*command)), joined(flags_of(*command)));
  }
  return fmt::format(
      R"(# bash completion for migrate: put this into ~/.local/share/bash-completion/completions/migrate
_migrate() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command= word words
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    [[ $word != -* && -z $command ]] && command=$word
  done
  case $command in
{}    *) words="{}" ;;
  esac
  COMPREPLY=($(compgen -W "$words {}" -- "$current"))
}}
complete -o default -F _migrate migrate
)",
      cases, joined(commands_of(app)), joined(flags_of(app)));
}

std::string zsh_script(const CLI::App& app) {
  std::string commands;
  std::string cases;
  for (const Word& word : commands_of(app))
    commands += fmt::format("    '{}:{}'\n", word.text, plain(word.help));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    std::string flags;
    for (const Word& word : flags_of(*command))
      flags += fmt::format(" '{}[{}]'", word.text, plain(word.help));
    cases += fmt::format("    {}) _arguments{} '*:file:_files' ;;\n", command->get_name(), flags);
  }
  std::string globals;
  for (const Word& word : flags_of(app))
    globals += fmt::format(" '{}[{}]'", word.text, plain(word.help));
  return fmt::format(R"(#compdef migrate
# zsh completion for migrate: put this into a folder of $fpath as _migrate
local -a subcommands=(
{})
_arguments -C{} '1:command:->command' '*::argument:->argument'
case $state in
  command) _describe command subcommands ;;
  argument) case $words[1] in
{}  esac ;;
esac
)",
                     commands, globals, cases);
}

std::string fish_script(const CLI::App& app) {
  std::string script =
      "# fish completion for migrate: put this into ~/.config/fish/completions/migrate.fish\n";
  for (const Word& word : commands_of(app)) {
    script += fmt::format("complete -c migrate -n __fish_use_subcommand -a {} -d '{}'\n", word.text,
                          plain(word.help));
  }
  for (const Word& word : flags_of(app)) {
    script +=
        fmt::format("complete -c migrate -l {} -d '{}'\n", word.text.substr(2), plain(word.help));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    for (const Word& word : flags_of(*command)) {
      script +=
          fmt::format("complete -c migrate -n '__fish_seen_subcommand_from {}' -l {} -d '{}'\n",
                      command->get_name(), word.text.substr(2), plain(word.help));
    }
  }
  return script;
}

}  // namespace

void add_completion(CLI::App& app, Request& request) {
  auto* command =
      app.add_subcommand("completion", "Print a completion script for bash, zsh or fish");
  command->footer(
      "Example:\n  migrate completion bash > ~/.local/share/bash-completion/completions/migrate");
  const auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&request, &app, shell] {
    // The parser is gone when the request runs.
    const std::string script = *shell == "bash"  ? bash_script(app)
                               : *shell == "zsh" ? zsh_script(app)
                                                 : fish_script(app);
    request.run = [script](World&) {
      std::cout << script;
      return core::ExitCode::done;
    };
  });
}

}  // namespace migrate::cli
