// Package cli stands in for the command line of Pulumi's environments, which are part of Pulumi Cloud.
package cli

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

// PrepareOptions has the fields that the engine sets.
type PrepareOptions struct {
	Quote, Pretend, Redact bool
}

// PrepareEnvironment always fails.
func PrepareEnvironment(*esc.Environment, *PrepareOptions) (files, environ, secrets []string, filesByKey map[string]string, err error) {
	return nil, nil, nil, nil, errors.New("this Pulumi CLI was built from source for runs on one machine and opens no environments; " +
		"install the official one: https://www.pulumi.com/docs/install/")
}
