// The Pulumi CLI for runs on one machine, built where the official one cannot be downloaded.
//
// It is Pulumi's own engine and Pulumi's own commands, as far as local runs and tests use them. What else the official
// CLI has (policies, packages, environments, the AI commands, all of Pulumi Cloud) is most of its compile time.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/backend"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/auth"
	cmdBackend "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/backend"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/cancel"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/cmd"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/config"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/operations"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/plugin"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/stack"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/state"
	cmdVersion "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/version"
	"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/whoami"
	"github.com/pulumi/pulumi/pkg/v3/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/common/env"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/logging"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
)

const official = "This Pulumi CLI was built from source for runs on one machine. " +
	"The official one has everything: https://www.pulumi.com/docs/install/."

func main() {
	root := rootCommand()
	if err := root.Execute(); err != nil {
		// The command's own message; an unknown command gets the way out as well.
		if strings.HasPrefix(err.Error(), "unknown command") {
			err = errors.New(err.Error() + "\n" + official)
		}
		cmd.DisplayErrorMessage(root.Context(), err, root.ErrOrStderr())
		logging.Flush()
		os.Exit(cmd.ExitCodeFor(err))
	}
	logging.Flush()
}

func rootCommand() *cobra.Command {
	var directory, color string
	var logFlow, logToStderr bool
	var verbose int

	root := &cobra.Command{
		Use:           "pulumi",
		Short:         "Pulumi command line for runs on one machine",
		Long:          official,
		Version:       version.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			if err := cmdutil.SetGlobalColorization(color); err != nil {
				return err
			}
			if directory != "" {
				if err := os.Chdir(directory); err != nil {
					return fmt.Errorf("--cwd: %w", err)
				}
			}
			logging.InitLogging(logToStderr, verbose, logFlow)
			// The file back end logs to standard error, in the midst of what people read.
			log.SetOutput(io.Discard)
			return nil
		},
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true

	flags := root.PersistentFlags()
	flags.StringVarP(&directory, "cwd", "C", "", "Run pulumi as if it had been started in another directory")
	flags.StringVar(&color, "color", "auto", "Colorize output. Choices are: always, never, raw, auto")
	flags.BoolVarP(&cmdutil.Emoji, "emoji", "e", false, "Enable emojis in the output")
	flags.BoolVarP(&cmdutil.FullyQualifyStackNames, "fully-qualify-stack-names", "Q", false, "Show fully-qualified stack names")
	flags.BoolVar(&backend.DisableIntegrityChecking, "disable-integrity-checking", false, "Disable integrity checking of checkpoint files")
	flags.BoolVar(&cmdutil.DisableInteractive, "non-interactive", false, "Disable interactive mode for all commands")
	flags.BoolVar(&logFlow, "logflow", false, "Flow log settings to child processes (like plugins)")
	flags.BoolVar(&logToStderr, "logtostderr", false, "Log to stderr instead of to files")
	flags.IntVarP(&verbose, "verbose", "v", 0, "Enable verbose logging (e.g., v=3); anything >3 is very verbose")

	root.AddCommand(
		operations.NewUpCmd(),
		operations.NewPreviewCmd(),
		operations.NewRefreshCmd(),
		operations.NewDestroyCmd(),
		operations.NewImportCmd(),
		cancel.NewCancelCmd(workspace.Instance),
		config.NewConfigCmd(workspace.Instance),
		stack.NewStackCmd(),
		state.NewStateCmd(),
		plugin.NewPluginCmd(),
		auth.NewLoginCmd(workspace.Instance, cmdBackend.DefaultLoginManager, env.Global()),
		auth.NewLogoutCmd(workspace.Instance),
		whoami.NewWhoAmICmd(workspace.Instance, cmdBackend.DefaultLoginManager),
		cmdVersion.NewVersionCmd(),
	)
	return root
}
